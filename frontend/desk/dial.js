// On the page of a call: whoever dials a number has called that number, so its mark is set with the same press.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.fl-dial a[href^="tel:"]');
  const mark = link?.closest(".fl-dial").querySelector('input[type="radio"]');
  if (mark) mark.checked = true;
});
