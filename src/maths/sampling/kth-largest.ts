/** The k-th largest of the values (none NaN), k from 1 to their number, in linear time: Hoare's quickselect on a copy. */
export function kthLargest(values: ArrayLike<number>, k: number): number {
	const a = Float64Array.from(values);
	let low = 0;
	let high = a.length - 1;
	while (low < high) {
		const pivot = a[(low + high) >>> 1]!;
		let i = low;
		let j = high;
		while (i <= j) {
			while (a[i]! > pivot) i++;
			while (a[j]! < pivot) j--;
			if (i > j) break;
			const x = a[i]!;
			a[i++] = a[j]!;
			a[j--] = x;
		}
		if (k - 1 <= j) high = j;
		else if (k - 1 >= i) low = i;
		else break; // between the parts: all equal to the pivot
	}
	return a[k - 1]!;
}
