// The yellow band: the browser says that there is no network. A fact, not an alarm.

const band = document.getElementById("fl-offline");
if (band) {
  const tell = () => {
    band.hidden = navigator.onLine;
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}
