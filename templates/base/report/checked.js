"use strict";
const byId = (id) => document.getElementById(id);
const files = [...document.querySelectorAll(".file")];
// Letters without marks, so that a name is found however it is typed.
const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
const texts = files.map((file) => folded(file.dataset.text));
function apply() {
  const wanted = folded(byId("search").value.trim());
  const [verdict, severity, code] = ["verdict", "severity", "code"].map((id) => byId(id).value);
  let shown = 0;
  files.forEach((file, at) => {
    let cards = 0;
    file.querySelectorAll(".card").forEach((card) => {
      const fits = (!severity || card.dataset.severity === severity) && (!code || card.dataset.code === code);
      card.hidden = !fits;
      cards += fits;
    });
    const fits = (!verdict || file.dataset.verdict === verdict) && texts[at].includes(wanted) && (cards > 0 || !(severity || code));
    file.hidden = !fits;
    shown += fits;
  });
  byId("none").hidden = shown > 0;
}
byId("filters").hidden = false;
byId("filters").addEventListener("input", apply);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("print").addEventListener("click", () => window.print());
