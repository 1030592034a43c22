/** 2^-1074 ... 2^1023: every power of two that a double can hold, by exact doubling; 2^k is POWERS[k + 1074]. */
export const POWERS = new Float64Array(2098);
for (let i = 0, p = Number.MIN_VALUE; i < POWERS.length; i++, p *= 2) POWERS[i] = p;

/** ln 2 in two parts: the first has so few bits that k * LN2_HIGH is exact for every exponent k of a double (fdlibm's constants). */
export const LN2_HIGH = 6.9314718036912381649e-1;
export const LN2_LOW = 1.90821492927058770002e-10;
