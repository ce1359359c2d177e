/** What is drawn from a seed: the same seed gives the same draws, for ever. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True with this probability. */
  is(probability: number): boolean;
  pick<Member>(list: readonly Member[]): Member;
  /** A number between the two whose logarithm is spread evenly: short spells are as likely as long ones. */
  spread(least: number, most: number): number;
}

/** A generator from a seed (sfc32, seeded by splitmix32). The name gives independent streams from one seed. */
export function chanceOf(seed: number, stream: string): Chance {
  let mix = seed >>> 0;
  for (const letter of stream) mix = Math.imul(mix ^ letter.charCodeAt(0), 0x9e3779b1) >>> 0;
  const word = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let value = mix ^ (mix >>> 16);
    value = Math.imul(value, 0x21f0aaad);
    value ^= value >>> 15;
    value = Math.imul(value, 0x735a2d97);
    return (value ^ (value >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [word(), word(), word(), 1];
  const next = (): number => {
    const sum = (a + b + d) >>> 0;
    d = (d + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum / 0x1_0000_0000;
  };
  for (let warm = 0; warm < 12; warm++) next();
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    is: (probability) => next() < probability,
    pick(list) {
      const one = list[whole(0, list.length - 1)];
      if (one === undefined) throw new Error("There is nothing to pick from.");
      return one;
    },
    spread: (least, most) => least * (most / least) ** next(),
  };
}
