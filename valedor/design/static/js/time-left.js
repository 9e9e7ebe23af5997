// <time-left due="2026-11-21T09:14:00+01:00">17 h left</time-left>
// Keeps the words current in the language of the page. Without this script the server's words stay.
(() => {
  const minute = 60_000, hour = 60 * minute, day = 24 * hour;
  const units = [["day", day, 2 * day], ["hour", hour, hour], ["minute", minute, 0]];

  class TimeLeft extends HTMLElement {
    connectedCallback() {
      this.due = Date.parse(this.getAttribute("due"));
      if (Number.isNaN(this.due)) return;
      const language = this.closest("[lang]")?.lang || "en";
      this.format = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "long" });
      this.show();
      this.timer = setInterval(() => this.show(), minute / 2);
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    show() {
      const left = this.due - Date.now();
      const [unit, length] = units.find(([, , least]) => Math.abs(left) >= least);
      const words = this.format.format(Math.trunc(left / length), unit);
      if (this.textContent !== words) this.textContent = words;
      this.toggleAttribute("past", left < 0);
    }
  }

  if (!customElements.get("time-left")) customElements.define("time-left", TimeLeft);
})();
