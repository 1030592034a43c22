/** A name as it stands in addresses: lower case, every run of characters other than letters, digits and dots as one "-". */
export function slug(name: string): string {
	return name.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, '-');
}
