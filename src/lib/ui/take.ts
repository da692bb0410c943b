/** Taking a section along: its drawing as a file of its own and as a picture, its numbers as a table. In the browser only. */
import { csv, type Sheet } from './csv.ts';

/** What a drawing takes from the page's style sheets. */
const LOOKS = [
	'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin',
	'paint-order', 'font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'text-anchor', 'opacity', 'display'
]; // prettier-ignore

/** The drawing with its looks written into it, on paper. */
function standalone(svg: SVGSVGElement): string {
	const copy = svg.cloneNode(true);
	if (!(copy instanceof SVGSVGElement)) return '';
	const { width, height } = svg.getBoundingClientRect();
	const [originals, copies] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')];
	originals.forEach((original, i) => {
		const looks = getComputedStyle(original);
		const style = LOOKS.map((name) => `${name}:${looks.getPropertyValue(name)}`).join(';');
		copies[i]?.setAttribute('style', style);
	});
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.setAttribute('width', String(width));
	copy.setAttribute('height', String(height));
	const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
	paper.setAttribute('width', '100%');
	paper.setAttribute('height', '100%');
	paper.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor);
	copy.prepend(paper);
	copy.querySelectorAll('[data-reading]').forEach((mark) => mark.remove());
	return new XMLSerializer().serializeToString(copy);
}

/** The drawing as a picture, two pixels to one. */
async function picture(svg: SVGSVGElement): Promise<Blob> {
	const { width, height } = svg.getBoundingClientRect();
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = width * 2;
	canvas.height = height * 2;
	canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) =>
		canvas.toBlob(
			(blob) => (blob ? resolve(blob) : reject(new Error('the picture cannot be drawn'))),
			'image/png'
		)
	);
}

/** `name`: of the file, without its ending. */
export const takePicture = async (name: string, svg: SVGSVGElement): Promise<void> =>
	save(`${name}.png`, await picture(svg));

export const takeDrawing = (name: string, svg: SVGSVGElement): void =>
	save(`${name}.svg`, new Blob([standalone(svg)], { type: 'image/svg+xml' }));

// The mark at the beginning tells spreadsheets that it is UTF-8.
export const takeTable = (sheet: Sheet): void =>
	save(`${sheet.name}.csv`, new Blob(['\ufeff', csv(sheet)], { type: 'text/csv;charset=utf-8' }));

/** Hands a file to the reader. */
function save(name: string, content: Blob): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(content);
	link.download = name;
	link.click();
	URL.revokeObjectURL(link.href);
}
