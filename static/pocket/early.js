/* The picture that stands in the page is that of an address without settings; what it shows is asked for before any module is here. */
const early = document.currentScript?.dataset.first;
if (/[?&](?!lang=)[^=&]+=/.test(location.search)) document.documentElement.dataset.linked = "";
else if (early) document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: early }));
if (/[?&]bare=1(&|$)/.test(location.search)) document.documentElement.dataset.bare = ""; // within another page
try {
  const look = localStorage.getItem("look");
  if (look) document.documentElement.dataset.look = look;
} catch {} // no storage here: the system's look it is
