import { describe, expect, it } from 'vitest';
import { ManualClock } from './clock.ts';
import { MOVE_MS, Playhead, REST_MS } from './playhead.svelte.ts';

function start(count: number | (() => number)) {
	const clock = new ManualClock();
	const playhead = new Playhead(typeof count === 'number' ? () => count : count, clock);
	return { clock, playhead };
}
/** Lets time pass in frames of a screen. */
function pass(clock: ManualClock, ms: number, fps: number): void {
	const frame = 1000 / fps;
	for (let left = ms; left > 1e-9; left -= frame) clock.advance(Math.min(frame, left));
}

describe('time', () => {
	it.each([0, 100, MOVE_MS, 1000, MOVE_MS + REST_MS, 5000, 8231])('is the same at 24, 60 and 144 frames a second after %d ms', (ms) => {
		const states = [24, 60, 144].map((fps) => {
			const { clock, playhead } = start(9);
			playhead.toggle();
			pass(clock, ms, fps);
			return { t: playhead.t, step: playhead.step, playing: playhead.playing };
		});
		for (const state of states) {
			expect(state.t).toBeCloseTo(states[0]!.t, 9);
			expect(state.step).toBe(states[0]!.step);
			expect(state.playing).toBe(states[0]!.playing);
		}
	});
	it('passes through many steps in one long frame', () => {
		const { clock, playhead } = start(5);
		playhead.toggle();
		clock.advance(60_000);
		expect(playhead.t).toBe(4);
		expect(playhead.playing).toBe(false);
	});
	it('runs at the chosen speed, also when that changes on the way', () => {
		const { clock, playhead } = start(9);
		playhead.speed = 4;
		playhead.toggle();
		pass(clock, 2 * (MOVE_MS + REST_MS), 60);
		playhead.speed = 0.25;
		expect(playhead.step).toBe(8);
		const slow = start(9);
		slow.playhead.speed = 0.25;
		slow.playhead.toggle();
		pass(slow.clock, MOVE_MS * 2, 60);
		expect(slow.playhead.t).toBeGreaterThan(0);
		expect(slow.playhead.t).toBeLessThan(1);
	});
});

describe('stepping', () => {
	it('back after forward is where one was', () => {
		const { clock, playhead } = start(6);
		playhead.scrub(2);
		playhead.next();
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(3);
		playhead.back();
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(2);
		expect(playhead.k).toBe(0);
	});
	it('back in the middle of a move forward returns to the step that was left', () => {
		const { clock, playhead } = start(6);
		playhead.next();
		pass(clock, MOVE_MS / 2, 60);
		expect(playhead.step).toBe(0);
		expect(playhead.k).toBeGreaterThan(0);
		playhead.back();
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(0);
	});
	it('pressed faster than the picture moves, loses no press', () => {
		const { clock, playhead } = start(9);
		for (let i = 0; i < 5; i++) {
			playhead.next();
			pass(clock, 40, 60);
		}
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(5);
		for (let i = 0; i < 3; i++) {
			playhead.back();
			pass(clock, 40, 60);
		}
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(2);
	});
	it('stays within the first and the last step', () => {
		const { clock, playhead } = start(3);
		playhead.back();
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(0);
		for (let i = 0; i < 9; i++) playhead.next();
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(2);
		playhead.goto(99);
		expect(playhead.t).toBe(2);
		playhead.goto(-1);
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(0);
	});
	it('moves to a neighbour and cuts to anything further', () => {
		const { clock, playhead } = start(9);
		playhead.goto(5);
		expect(playhead.t).toBe(5);
		expect(clock.running).toBe(false);
		playhead.goto(6);
		expect(clock.running).toBe(true);
		pass(clock, MOVE_MS, 60);
		expect(playhead.t).toBe(6);
		expect(clock.running).toBe(false);
	});
});

describe('playing', () => {
	it('stops at the end, and from the end starts over', () => {
		const { clock, playhead } = start(4);
		playhead.toggle();
		pass(clock, 4 * (MOVE_MS + REST_MS), 60);
		expect(playhead.t).toBe(3);
		expect(playhead.playing).toBe(false);
		expect(clock.running).toBe(false);
		playhead.toggle();
		expect(playhead.step).toBe(0);
		expect(playhead.playing).toBe(true);
	});
	it('pauses on a whole step, whose caption is the one that is read', () => {
		for (const ms of [10, 200, MOVE_MS + 10, 1500, 1700, 3000]) {
			const { clock, playhead } = start(9);
			playhead.toggle();
			pass(clock, ms, 60);
			playhead.toggle();
			expect(playhead.t).toBe(Math.round(playhead.t));
			expect(playhead.k).toBe(0);
			expect(clock.running).toBe(false);
		}
	});
	it('has nothing to play in a single frame', () => {
		const { clock, playhead } = start(1);
		playhead.toggle();
		expect(playhead.playing).toBe(false);
		expect(clock.running).toBe(false);
	});
	it('is ended by the reader’s hand on the bar', () => {
		const { clock, playhead } = start(9);
		playhead.toggle();
		playhead.scrub(4.25);
		expect(playhead.playing).toBe(false);
		pass(clock, 5000, 60);
		expect(playhead.t).toBe(4.25);
		expect(playhead.step).toBe(4);
		expect(playhead.k).toBeCloseTo(0.25, 12);
	});
});

describe('the bar', () => {
	it('takes any value at all', () => {
		const { playhead } = start(5);
		for (const t of [NaN, -3, Infinity, -Infinity, 99, 2.5]) {
			playhead.scrub(t);
			expect(playhead.t).toBeGreaterThanOrEqual(0);
			expect(playhead.t).toBeLessThanOrEqual(4);
		}
		expect(playhead.t).toBe(2.5);
	});
});

describe('less motion', () => {
	it('means no moment between two steps, playing or stepping', () => {
		const { clock, playhead } = start(4);
		playhead.reduced = true;
		playhead.next();
		expect(playhead.t).toBe(1);
		expect(clock.running).toBe(false);
		playhead.toggle();
		const seen = new Set<number>();
		for (let i = 0; i < 600; i++) {
			clock.advance(1000 / 60);
			expect(playhead.k).toBe(0);
			seen.add(playhead.step);
		}
		expect([...seen]).toEqual([1, 2, 3]);
	});
});

describe('a figure that becomes shorter', () => {
	it('takes the reader to its new end', () => {
		let count = 9;
		const { clock, playhead } = start(() => count);
		playhead.scrub(8);
		count = 3;
		expect(playhead.t).toBe(2);
		expect(playhead.step).toBe(2);
		playhead.back();
		pass(clock, 1000, 60);
		expect(playhead.t).toBe(1);
	});
	it('while it plays, stops there', () => {
		let count = 9;
		const { clock, playhead } = start(() => count);
		playhead.scrub(5);
		playhead.toggle();
		pass(clock, 100, 60);
		count = 2;
		pass(clock, 5000, 60);
		expect(playhead.t).toBe(1);
		expect(playhead.playing).toBe(false);
		expect(clock.running).toBe(false);
	});
	it('to nothing at all still has a step 0', () => {
		const { playhead } = start(0);
		playhead.next();
		expect([playhead.last, playhead.step, playhead.k]).toEqual([0, 0, 0]);
	});
});
