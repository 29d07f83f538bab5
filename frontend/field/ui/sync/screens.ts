// Every screen about what waits on this phone, in one file that is fetched after the start.
export { FilePage, FilmPage } from "./hand_over_page.tsx";
export { ReceivePage } from "./receive_page.tsx";
export { SyncPage } from "./sync_page.tsx";
