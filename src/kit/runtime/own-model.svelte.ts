/** A model of the reader's own, from files on their machine. It is remembered while the page is open, and nothing of it is sent anywhere. */
import { chooseGraph, type ChosenGraph } from './config.ts';
import { misfit } from './misfit.ts';
import { pickedFiles } from './picked.ts';
import type { Fault, PickedFile } from './protocol.ts';

export interface OwnModel {
	readonly name: string;
	readonly files: readonly PickedFile[];
	/** Which of them is run. */
	readonly graph: ChosenGraph;
	/** Tells one choice from the next. */
	readonly id: number;
}

class OwnState {
	model = $state.raw<OwnModel | undefined>(undefined);
	/** Why the last choice was not taken. */
	fault = $state.raw<Fault | undefined>(undefined);

	/** Looks whether files can be a model that runs here, and takes it when they can. The weights are not read yet. */
	async open(files: readonly PickedFile[]): Promise<boolean> {
		this.fault = await misfit(files);
		if (this.fault !== undefined) return false;
		const { name, ...model } = pickedFiles(files);
		this.model = { name, files, graph: chooseGraph(model)!, id: (this.model?.id ?? 0) + 1 };
		return true;
	}
}

/** One for the whole page: a reader who goes on to the next figure has it there too. */
export const own = new OwnState();

/** The files of an input, with the paths that they have in a chosen folder. */
export const picked = (list: Iterable<File>): PickedFile[] =>
	[...list].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
