document.documentElement.dataset.bare = "1";
