"use strict";
/** The gallery of a product page: small pictures choose what the stage shows; swiping the stage marks the small one. */
shopwright.gallery = (() => {
  const stage = document.getElementById("stage");
  const pictures = [...(stage?.children ?? [])];
  const thumbs = [...document.querySelectorAll("#thumbs a")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function mark(number) {
    thumbs.forEach((thumb, place) => {
      if (place === number) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
  }

  /** Bring a picture onto the stage. Only the stage scrolls, never the page. */
  function show(number, smooth = true) {
    const wanted = pictures[number];
    if (!wanted) return;
    const way = wanted.getBoundingClientRect().left - stage.getBoundingClientRect().left;
    stage.scrollBy({ left: way, behavior: smooth && !calm.matches ? "smooth" : "instant" });
    mark(number);
  }

  function nearest() {
    const middle = stage.getBoundingClientRect().left + stage.clientWidth / 2;
    const distance = (picture) => {
      const box = picture.getBoundingClientRect();
      return Math.abs(box.left + box.width / 2 - middle);
    };
    return pictures.reduce((best, picture, number) => (distance(picture) < distance(pictures[best]) ? number : best), 0);
  }

  for (const [number, thumb] of thumbs.entries()) {
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      show(number);
    });
  }
  let waiting;
  stage?.addEventListener(
    "scroll",
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => mark(nearest()), 120);
    },
    { passive: true },
  );

  /** The smallest file of the format this browser chose: which one it has loaded depends on its cache. */
  function thumbnail(number) {
    const image = thumbs[number]?.querySelector("img");
    if (!image?.currentSrc) return "";
    const offered = [...image.parentElement.querySelectorAll("[srcset]")].map((each) =>
      each.srcset.split(",").map((file) => new URL(file.trim().split(" ")[0], document.baseURI).href),
    );
    return offered.find((files) => files.includes(image.currentSrc))?.[0] ?? image.currentSrc;
  }

  return { show, thumbnail };
})();
