// What was checked: a line for each check, and the sum.

const tally = { passed: 0, failed: 0 };
const numbers = [];

export function ok(name) {
  tally.passed += 1;
  console.log(`ok ${name}`);
}

export function fail(name, why) {
  tally.failed += 1;
  console.log(`not ok ${name}: ${String(why).replaceAll("\n", "\n    ")}`);
}

// One check: what it expects, and what is there.
export function same(name, found, expected) {
  if (JSON.stringify(found) === JSON.stringify(expected)) ok(name);
  else fail(name, `expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}

export function holds(name, right, why) {
  if (right) ok(name);
  else fail(name, why);
}

// A number for people; it is neither right nor wrong.
export function tell(line) {
  numbers.push(line);
}

export function sum() {
  for (const line of numbers) console.log(`   ${line}`);
  console.log(`browser: ${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0;
}
