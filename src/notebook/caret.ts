/** Where the caret of a text field stands, in CSS pixels from the field's top edge: browsers do not say, so a copy of its text does. */
const COPIED = [
	'fontFamily',
	'fontSize',
	'fontWeight',
	'letterSpacing',
	'lineHeight',
	'padding',
	'border',
	'boxSizing',
	'tabSize'
] as const;

export function caretTop(field: HTMLTextAreaElement): { readonly top: number; readonly line: number } {
	const style = getComputedStyle(field);
	const copy = document.createElement('div');
	for (const property of COPIED) copy.style[property] = style[property];
	Object.assign(copy.style, {
		position: 'absolute',
		visibility: 'hidden',
		whiteSpace: 'pre-wrap',
		overflowWrap: 'break-word',
		width: `${field.clientWidth}px`
	});
	const mark = document.createElement('span');
	mark.textContent = '\u200b';
	copy.append(field.value.slice(0, field.selectionStart), mark);
	field.after(copy);
	const at = { top: mark.offsetTop - field.scrollTop, line: mark.offsetHeight };
	copy.remove();
	return at;
}
