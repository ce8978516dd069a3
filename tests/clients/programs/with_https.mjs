import https from 'node:https';

const url = process.argv[2] ?? 'https://api.infact.no/v1/Account/token';
const agent = new https.Agent({ keepAlive: true });
https.get(url, { auth: 'demo:demo-secret', agent }, (answer) => {
  let text = '';
  answer.on('data', (part) => { text += part; });
  answer.on('end', () => {
    console.log(JSON.parse(text).Token);
    agent.destroy();
  });
});
