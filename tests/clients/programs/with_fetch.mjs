const url = process.argv[2] ?? 'https://api.infact.no/v1/Account/token';
const Authorization = `Basic ${Buffer.from('demo:demo-secret').toString('base64')}`;
const answer = await fetch(url, { headers: { Authorization } });
console.log((await answer.json()).Token);
