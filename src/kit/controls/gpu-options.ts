import { gpus } from '#maths/data/gpus.ts';

/** The GPUs of the table as Select offers them: name and memory, which decides most choices. */
export const gpuOptions = gpus.map(({ slug, name, memoryBytes }) => ({ slug, name: `${name}, ${memoryBytes / 1e9} GB` }));
