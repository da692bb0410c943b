/**
 * What people typed before the script was there. Hydration sets every field to what the server sent; a form that came without its
 * script is a form all the same, and what stands in it is its reader's.
 */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Called before hydration: remembers the fields that say something else than the server sent. The returned function, called after it, puts that back, and those who follow the typing hear of it. */
export function keepTyped(root: ParentNode): () => void {
	const kept = [...root.querySelectorAll<Field>('input, textarea, select')].flatMap((field) => {
		const back = typedInto(field);
		return back ? [{ field, back }] : [];
	});
	return () => {
		for (const { back } of kept) back();
		for (const { field } of kept)
			for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
	};
}

/** How to put back what somebody entered into a field; null where it is as the server sent it. */
function typedInto(field: Field): (() => void) | null {
	if (field instanceof HTMLSelectElement) {
		const { selectedIndex, options } = field;
		const sent = Math.max(
			0,
			[...options].findLastIndex((option) => option.defaultSelected)
		);
		return selectedIndex === sent ? null : () => (field.selectedIndex = selectedIndex);
	}
	if (field.type === 'checkbox' || field.type === 'radio') {
		const { checked, defaultChecked } = field as HTMLInputElement;
		return checked === defaultChecked ? null : () => ((field as HTMLInputElement).checked = checked);
	}
	// Scripts may not choose files, and hydration leaves them alone.
	if (field.type === 'file' || field.value === field.defaultValue) return null;
	const { value, selectionStart, selectionEnd } = field;
	return () => {
		field.value = value;
		if (field === document.activeElement && selectionStart !== null)
			field.setSelectionRange(selectionStart, selectionEnd);
	};
}
