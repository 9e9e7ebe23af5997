// For the site that shows our form in an <iframe data-valedor …>: makes the frame as high as its
// page. It believes only the frame's own origin, and reads nothing of the page it stands in.
(() => {
  const frames = () => document.querySelectorAll("iframe[data-valedor]");
  addEventListener("message", (event) => {
    for (const frame of frames()) {
      if (event.source !== frame.contentWindow || event.origin !== new URL(frame.src).origin) continue;
      const { valedor, height } = event.data ?? {};
      if (valedor === "height" && height > 0 && height < 100000) frame.style.height = `${height}px`;
      if (valedor === "shown" && frame.dataset.shown) frame.scrollIntoView({ block: "nearest" });
      if (valedor === "shown") frame.dataset.shown = "1";
    }
  });
})();
