// <open-dialog><dialog open>…</dialog></open-dialog>
// Lifts a dialog over the page as soon as it is there, and takes it away when it is closed.
// Without this script the dialog stands in the page, open. [data-close] inside closes it.
(() => {
  class OpenDialog extends HTMLElement {
    connectedCallback() {
      const dialog = this.querySelector("dialog");
      if (!dialog || this.hasAttribute("in-place")) return;
      // close() would tell its listeners later, when the dialog is open again.
      dialog.removeAttribute("open");
      dialog.showModal();
      dialog.addEventListener("close", () => this.remove(), { once: true });
      dialog.addEventListener("click", (event) => {
        if (!event.target.closest("[data-close]")) return;
        event.preventDefault();
        dialog.close();
      });
    }
  }

  if (!customElements.get("open-dialog")) customElements.define("open-dialog", OpenDialog);
})();
