/** A standalone SVG document as a PNG, `zoom` device pixels for each of its own. @throws Error when the browser cannot draw it */
export async function pngOf(svg: string, size: { readonly width: number; readonly height: number }, zoom = 2): Promise<Blob> {
	const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(size.width * zoom);
		canvas.height = Math.round(size.height * zoom);
		canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
		const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
		if (blob === null) throw new Error('the browser made no PNG of the picture');
		return blob;
	} finally {
		URL.revokeObjectURL(url);
	}
}
