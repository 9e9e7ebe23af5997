// <draft-keeper key="reply-2026-004182-P" restored="…" discard="…"><form>…</form></draft-keeper>
// Keeps what is typed on this device, so that a reload, a crash or another's update loses nothing.
//   bound     the form came back from the server with what was sent: that is newer than the draft
//   done      the server has it: <draft-keeper key="…" done> on the next page drops the draft;
//             without a key every draft is dropped (signing out of a shared computer)
//   days      how long a draft is kept, 7 unless told
// Passwords, codes, files and hidden fields are never kept.
(() => {
  const prefix = "valedor-draft:";
  const never = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

  const stored = (action) => {
    try { return action(localStorage); } catch { return null; }
  };

  class DraftKeeper extends HTMLElement {
    connectedCallback() {
      const key = this.getAttribute("key");
      if (this.hasAttribute("done")) return key ? this.drop(prefix + key) : this.dropAll();
      if (!key) return;
      this.name = prefix + key;
      this.form = this.querySelector("form") ?? this.closest("form");
      if (!this.form) return;
      this.onInput = () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), 400); };
      this.onLeave = () => { if (this.timer) this.save(); };
      this.onAnswer = (event) => {
        const verb = event.detail.requestConfig?.verb;
        if (event.detail.elt === this.form && event.detail.successful && verb !== "get") this.drop(this.name);
      };
      this.form.addEventListener("input", this.onInput);
      this.form.addEventListener("htmx:afterRequest", this.onAnswer);
      addEventListener("pagehide", this.onLeave);
      this.restore();
    }

    disconnectedCallback() {
      this.form?.removeEventListener("input", this.onInput);
      this.form?.removeEventListener("htmx:afterRequest", this.onAnswer);
      removeEventListener("pagehide", this.onLeave);
      if (this.timer) this.save();
    }

    controls() {
      return [...this.form.elements].filter((one) => one.name && !never.has(one.type) && one.autocomplete !== "one-time-code");
    }

    save() {
      clearTimeout(this.timer);
      this.timer = null;
      const values = this.controls().map((one) => {
        if (one.type === "radio" || one.type === "checkbox") return [one.name, one.value, one.checked];
        if (one.multiple) return [one.name, [...one.selectedOptions].map((option) => option.value)];
        return [one.name, one.value];
      });
      stored((shelf) => shelf.setItem(this.name, JSON.stringify({ at: Date.now(), values })));
    }

    restore() {
      const text = stored((shelf) => shelf.getItem(this.name));
      if (!text || this.hasAttribute("bound")) return;
      let draft;
      try { draft = JSON.parse(text); } catch { return this.drop(this.name); }
      const days = Number(this.getAttribute("days") ?? 7);
      if (!(Date.now() - draft.at < days * 86_400_000)) return this.drop(this.name);
      let changed = false;
      for (const [name, value, checked] of draft.values) {
        for (const one of this.controls().filter((candidate) => candidate.name === name)) {
          if (checked !== undefined) {
            if (one.value !== value || one.checked === checked) continue;
            one.checked = checked;
          } else if (Array.isArray(value)) {
            for (const option of one.options ?? []) option.selected = value.includes(option.value);
          } else {
            if (one.value === value) continue;
            one.value = value;
          }
          changed = true;
        }
      }
      if (changed) this.say();
    }

    // A shared computer is no place for a draft: whoever finds one can throw it away.
    say() {
      const words = this.getAttribute("restored");
      if (!words || this.querySelector(".draft")) return;
      const line = document.createElement("p");
      line.className = "draft";
      line.setAttribute("role", "status");
      line.append(words);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--plain button--small";
      button.textContent = this.getAttribute("discard") ?? "×";
      button.addEventListener("click", () => { this.form.reset(); this.drop(this.name); line.remove(); });
      line.append(button);
      this.prepend(line);
    }

    drop(name) {
      clearTimeout(this.timer);
      this.timer = null;
      stored((shelf) => shelf.removeItem(name));
    }

    dropAll() {
      stored((shelf) => Object.keys(shelf).filter((name) => name.startsWith(prefix)).forEach((name) => shelf.removeItem(name)));
    }
  }

  if (!customElements.get("draft-keeper")) customElements.define("draft-keeper", DraftKeeper);
})();
