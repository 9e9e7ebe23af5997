// <desk-keys><a data-keys="g m" href="…">…</a></desk-keys>
// Goes where a link leads when its keys are pressed one after the other, anywhere but in a field.
// "j" and "k" walk down and up a list of cases, "/" goes to the search. Whoever switched the keys
// off on this computer (<key-switch>) is left in peace; without this script nothing is lost.
(() => {
  const STORED = "desk-keys";
  const PATIENCE = 1500; // Milliseconds between two keys of one shortcut.
  const isOff = () => localStorage.getItem(STORED) === "off";
  const isField = (target) =>
    target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog");

  class DeskKeys extends HTMLElement {
    connectedCallback() {
      this.pressed = "";
      this.onKey = (event) => this.take(event);
      document.addEventListener("keydown", this.onKey);
    }

    disconnectedCallback() {
      document.removeEventListener("keydown", this.onKey);
      clearTimeout(this.timer);
    }

    take(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || isOff() || isField(event.target)) return;
      if (event.key.length !== 1 || event.key === " ") return;
      const keys = `${this.pressed} ${event.key}`.trim();
      const links = [...this.querySelectorAll("[data-keys]")];
      const link = links.find((one) => one.dataset.keys === keys);
      clearTimeout(this.timer);
      this.pressed = "";
      if (link) {
        event.preventDefault();
        link.click();
      } else if (links.some((one) => one.dataset.keys.startsWith(`${keys} `))) {
        this.pressed = keys;
        this.timer = setTimeout(() => { this.pressed = ""; }, PATIENCE);
      } else if (keys === "/") {
        const field = document.querySelector("main input[type=search]");
        if (field) {
          event.preventDefault();
          field.focus();
        }
      } else if (keys === "j" || keys === "k") {
        this.walk(keys === "j" ? 1 : -1);
      }
    }

    walk(step) {
      const cases = [...document.querySelectorAll(".queue__subject")];
      const here = cases.indexOf(document.activeElement);
      const next = cases[here === -1 && step < 0 ? cases.length - 1 : here + step];
      if (next) next.focus();
    }
  }

  class KeySwitch extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.show();
      this.onClick = (event) => {
        if (!event.target.closest("button")) return;
        localStorage.setItem(STORED, isOff() ? "on" : "off");
        this.show();
      };
      this.addEventListener("click", this.onClick);
    }

    disconnectedCallback() {
      this.removeEventListener("click", this.onClick);
    }

    show() {
      for (const part of this.querySelectorAll("[data-when]")) {
        part.hidden = part.dataset.when !== (isOff() ? "off" : "on");
      }
    }
  }

  if (!customElements.get("desk-keys")) customElements.define("desk-keys", DeskKeys);
  if (!customElements.get("key-switch")) customElements.define("key-switch", KeySwitch);
})();
