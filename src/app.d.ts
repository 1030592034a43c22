declare global {
	namespace App {
		interface PageState {
			/** Set on entries that the figure's own state pushed; the router needs nothing from it. */
			figure?: true;
		}
	}
	interface Window {
		/** Repeats what was done to the page before its scripts ran; defined in app.html. */
		replay?: () => void;
	}
}
export {};
