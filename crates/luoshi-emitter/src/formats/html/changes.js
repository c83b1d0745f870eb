"use strict";
(() => {
  const form = document.querySelector(".filters");
  const items = [...document.querySelectorAll("article")];
  const shown = document.querySelector(".shown");
  const words = (article, name) => article.dataset[name].split("\t");
  const apply = () => {
    const chosen = new FormData(form);
    const [unit, section, kind] = ["unit", "section", "kind"].map((name) => chosen.get(name));
    const text = chosen.get("text").trim();
    let count = 0;
    for (const article of items) {
      const fits = (!unit || words(article, "units").includes(unit))
        && (!section || article.dataset.section === section)
        && (!kind || words(article, "kinds").includes(kind))
        && (!text || article.textContent.includes(text));
      article.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = shown.dataset.pattern.replace("{shown}", count).replace("{all}", items.length);
    document.body.classList.toggle("as-one", chosen.get("view") === "one");
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
