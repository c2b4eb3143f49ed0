document.querySelector("#buy")?.addEventListener("submit", (event) => event.preventDefault());
