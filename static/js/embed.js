// Twice the same file. On a website it gives the frame of a survey the height of what is in it. In the frame it tells that
// height, and lets links that lead out of the survey open beside it, as no other page of ours may stand in a frame.
(() => {
  const here = document.currentScript;
  const HIGHEST = 20000;
  if (!("framed" in here.dataset)) listen(new URL(here.src).origin);
  else if (window.parent !== window) tell();

  function listen(origin) {
    addEventListener("message", ({ origin: from, source, data }) => {
      if (from !== origin || data?.hearback !== "height" || !(data.height > 0 && data.height < HIGHEST)) return;
      const frame = [...document.querySelectorAll("iframe[data-hearback]")].find((one) => one.contentWindow === source);
      if (!frame) return;
      frame.style.height = `${Math.ceil(data.height)}px`;
      const isNextPage = data.isNew && frame.dataset.hearback === "shown";
      frame.dataset.hearback = "shown";
      if (isNextPage && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    });
  }

  function tell() {
    const say = (isNew) => {
      const height = document.body.getBoundingClientRect().height;
      // Only websites that the survey's owner named can have it in a frame, so that any parent may know its height.
      window.parent.postMessage({ hearback: "height", height, isNew }, "*");
    };
    const home = location.pathname.split("/").slice(0, 3).join("/");
    const isOurs = (path) => path === home || path.startsWith(`${home}/thanks/`) || path.startsWith(`${home}/later/`);

    const begin = () => {
      say(true);
      new ResizeObserver(() => say(false)).observe(document.body);
      addEventListener("load", () => say(false)); // a browser does not observe a frame that nobody has scrolled to yet
    };
    if (document.body) begin();
    else addEventListener("DOMContentLoaded", begin);
    document.addEventListener("click", ({ target }) => {
      const link = target.closest("a[href]");
      if (link && (link.origin !== location.origin || !isOurs(link.pathname))) Object.assign(link, { target: "_blank", rel: "noopener" });
    });
  }
})();
