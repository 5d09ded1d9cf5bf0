// CPU time of a whole process that imports modules and does nothing: node import-worker.mjs [MODULE…]
for (const name of process.argv.slice(2)) await import(name);
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ value: (user + system) / 1000 }));
