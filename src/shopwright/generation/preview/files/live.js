"use strict";
/**
 * Ask for news and reload when there is some. The question is a picture: a page's policy always lets it load pictures of
 * its own site, but lets it connect only where its own scripts do. Two pixels wide are news, one is none yet.
 */
(() => {
  const own = document.currentScript;
  const version = own.id.slice(own.id.lastIndexOf("-") + 1);
  const RETRY = 1000;
  let asked = 0;
  function ask() {
    const answer = new Image();
    answer.onload = () => (answer.naturalWidth > 1 ? location.reload() : ask());
    answer.onerror = () => setTimeout(ask, RETRY);
    answer.src = new URL(`${version}/${(asked += 1)}.svg`, own.src).href;
  }
  if (document.readyState === "complete") ask();
  else addEventListener("load", ask);
})();
