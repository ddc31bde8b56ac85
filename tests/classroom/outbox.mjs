/* What becomes of answers while a service answers as it is told here: each kind of answer once. */
const folder = process.argv[2];
const { Outbox } = await import(`${folder}/outbox.js`);
const { Away, Refusal } = await import(`${folder}/talk.js`);

const sent = [], kept = [], ended = [], away = [];
const answers = [
  () => { throw new Away("store_gone"); }, // no disk
  () => { throw new TypeError("nobody knows"); },
  () => ({}), // cut off: nobody said that it is stored
  () => { outbox.put("q1", [3]); return { stored: true }; }, // another one is given while the first is on its way
  () => ({ stored: true }),
  () => { throw new Refusal("late"); },
];
const outbox = new Outbox({
  waiting: { q1: [1] },
  keep: (waiting) => kept.push(waiting),
  send: async (question, value) => { sent.push([question, value]); return answers.shift()(); },
  onEnd: (question, end) => { ended.push([question, end]); if (question === "q1") outbox.put("q2", 0); },
  onAway: (code) => { away.push(code); setTimeout(() => outbox.again()); },
});
outbox.put("q1", [2]);
while (ended.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
console.log(JSON.stringify({ sent, last: kept.at(-1), kept: kept.length, ended, away }));
process.exit();
