/** One frame for each moment. All frames share the story; caption and mark are made when somebody asks. */
import type { Caption, Frame } from '#kit/model.ts';
import { captionOf } from './captions.ts';
import type { Story } from './story.ts';

export class PipelineFrame implements Frame {
	readonly story: Story;
	readonly index: number;

	constructor(story: Story, index: number) {
		this.story = story;
		this.index = index;
	}
	get time(): number {
		return this.story.times[this.index]!;
	}
	get last(): boolean {
		return this.index === this.story.times.length - 1;
	}
	get caption(): Caption {
		return captionOf(this);
	}
	get mark(): { readonly key: string; readonly value: number } {
		return { key: 'time', value: Math.round(this.time * 1000) / 1000 };
	}
}

export const framesOf = (story: Story): readonly PipelineFrame[] => Array.from(story.times, (_, index) => new PipelineFrame(story, index));
