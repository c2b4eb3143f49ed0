"use strict";
/** The frames follow what is chosen; a part that is shown alone is as high as it is; the sample carts are filled. */
const SIZES = { phone: [390, 844], tablet: [820, 1180], desktop: [1440, 900] };
const TALLEST = 2400;

const choices = document.getElementById("choices");
const KEPT = `shopwright:showcase:${choices?.dataset.kind}`;
const frames = [...document.querySelectorAll(".stage iframe")];

function fillCarts() {
  const block = document.getElementById("carts");
  if (!block) return;
  for (const [store, lines] of Object.entries(JSON.parse(block.textContent))) {
    localStorage.setItem(`shopwright:cart:${store}`, JSON.stringify({ version: 1, lines }));
  }
}

function chosen() {
  return Object.fromEntries(new FormData(choices));
}

/** What was chosen before; without that, a device no wider than this one. */
function restore() {
  let kept = innerWidth < SIZES.tablet[0] ? { width: "phone" } : {};
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT)) ?? kept;
  } catch {
    return;
  }
  for (const input of choices.elements) {
    if (input.type === "radio" && kept[input.name] === input.value) input.checked = true;
  }
}

/** How high a part is that is shown alone; of any other page, the height of the device. */
function heightOf(frame, height) {
  const part = frame.contentDocument?.querySelector(".showcase-alone");
  return part ? Math.min(Math.max(Math.ceil(part.getBoundingClientRect().height), 64), TALLEST) : height;
}

function fit(frame) {
  const [width, height] = SIZES[chosen().width];
  const stage = frame.parentElement;
  const scale = Math.min(1, stage.clientWidth / width);
  frame.width = width;
  frame.height = heightOf(frame, height);
  frame.style.transform = scale < 1 ? `scale(${scale})` : "";
  stage.style.blockSize = `${Math.ceil(frame.height * scale)}px`;
  stage.classList.toggle("stage-wide", scale < 1);
}

function show(frame) {
  const { scheme, direction } = chosen();
  const wanted = frame.getAttribute(`data-${scheme}-${direction}`);
  const address = wanted ?? frame.getAttribute(`data-${scheme}-ltr`);
  frame.closest(".state").querySelector(".missing").hidden = Boolean(wanted);
  if (frame.getAttribute("src") !== address) frame.src = address;
  frame.parentElement.dataset.scheme = scheme;
  fit(frame);
}

fillCarts();
if (choices) {
  restore();
  for (const frame of frames) {
    frame.addEventListener("load", () => fit(frame));
    show(frame);
  }
  choices.addEventListener("change", () => {
    sessionStorage.setItem(KEPT, JSON.stringify(chosen()));
    frames.forEach(show);
  });
  addEventListener("resize", () => frames.forEach(fit));
}
