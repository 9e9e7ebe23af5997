// <confirm-leave><form>…</form></confirm-leave>
// Lets the browser ask before a page with unsent words is left. Sending is not leaving.
(() => {
  class ConfirmLeave extends HTMLElement {
    connectedCallback() {
      this.unsent = false;
      this.onInput = () => { this.unsent = true; };
      this.onSubmit = () => { this.unsent = false; };
      this.onFailed = (event) => { if (!event.detail.successful) this.unsent = true; };
      this.onLeave = (event) => { if (this.unsent) event.preventDefault(); };
      this.addEventListener("input", this.onInput);
      this.addEventListener("submit", this.onSubmit);
      this.addEventListener("htmx:afterRequest", this.onFailed);
      addEventListener("beforeunload", this.onLeave);
    }

    disconnectedCallback() {
      this.removeEventListener("input", this.onInput);
      this.removeEventListener("submit", this.onSubmit);
      this.removeEventListener("htmx:afterRequest", this.onFailed);
      removeEventListener("beforeunload", this.onLeave);
    }
  }

  if (!customElements.get("confirm-leave")) customElements.define("confirm-leave", ConfirmLeave);
})();
