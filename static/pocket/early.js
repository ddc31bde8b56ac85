/* The picture that stands in the page is that of an address without settings. */
if (/[?&](?!lang=)[^=&]+=/.test(location.search)) document.documentElement.dataset.linked = "";
try {
  const look = localStorage.getItem("look");
  if (look) document.documentElement.dataset.look = look;
} catch {} // no storage here: the system's look it is
