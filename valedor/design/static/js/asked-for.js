// <asked-for kinds="complaint claim" form="contact">…</asked-for>
// Folds away what the kind of contact chosen in its form does not ask, unless something stands in it.
// Without this script the page that comes back shows what the chosen kind asks.
(() => {
  const isFilled = (one) => (one.type === "checkbox" || one.type === "radio" ? one.checked : one.value?.trim());
  const typed = "input:not([type=hidden]), textarea, select";

  class AskedFor extends HTMLElement {
    connectedCallback() {
      this.form = document.getElementById(this.getAttribute("form")) ?? this.closest("form");
      if (!this.form) return;
      this.kinds = new Set(this.getAttribute("kinds").split(" "));
      this.onChange = (event) => { if (event.target.name === "kind") this.show(); };
      this.onReset = () => setTimeout(() => this.show());
      this.form.addEventListener("change", this.onChange);
      this.form.addEventListener("reset", this.onReset);
      this.show();
    }

    disconnectedCallback() {
      this.form?.removeEventListener("change", this.onChange);
      this.form?.removeEventListener("reset", this.onReset);
    }

    show() {
      const kind = new FormData(this.form).get("kind");
      if (!kind) return;
      this.hidden = !this.kinds.has(kind) && !this.querySelector(".field--wrong, .documents") && ![...this.querySelectorAll(typed)].some(isFilled);
    }
  }

  if (!customElements.get("asked-for")) customElements.define("asked-for", AskedFor);
})();
