// <copy-text data-copy="Copy" data-copied="Copied" data-what="Reference">2026-004182-P</copy-text>
// Adds a button that copies the text. Without this script the text is there to be selected.
(() => {
  class CopyText extends HTMLElement {
    connectedCallback() {
      if (this.querySelector("button") || !navigator.clipboard) return;
      const text = this.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--small";
      button.textContent = this.dataset.copy ?? "⧉";
      if (this.dataset.what) button.setAttribute("aria-label", `${button.textContent}: ${this.dataset.what}`);
      const said = document.createElement("span");
      said.className = "small muted";
      said.setAttribute("role", "status");
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text);
        said.textContent = this.dataset.copied ?? "✓";
        setTimeout(() => { said.textContent = ""; }, 3000);
      });
      this.append(button, said);
    }
  }

  if (!customElements.get("copy-text")) customElements.define("copy-text", CopyText);
})();
