
// Hides rows of the summary that do not hold the words typed; without it the page is complete.
(function () {
  "use strict";
  var box = document.getElementById("filter");
  var table = document.getElementById("subjects");
  if (!box || !table) return;
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var status = document.getElementById("filtered");
  box.parentNode.hidden = false;
  box.addEventListener("input", function () {
    var wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, index) {
      var fits = wanted.every(function (word) { return texts[index].indexOf(word) >= 0; });
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    status.textContent = wanted.length
      ? status.getAttribute("data-words").replace("{0}", shown).replace("{1}", rows.length)
      : "";
  });
})();
