// Inside a frame of another site: tells the page around it how high this one is, and when another
// one is shown, so that the frame needs no scroll bar of its own (see embed.js). It tells nothing else.
(() => {
  if (parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height !== told) parent.postMessage({ valedor: "height", height: (told = height) }, "*");
  };
  parent.postMessage({ valedor: "shown" }, "*");
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
})();
