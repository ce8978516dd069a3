'use strict';
// Makes http, https and fetch heed HTTPS_PROXY. Node from 22.21 and 24.5 on does so itself when NODE_USE_ENV_PROXY
// is set (https://nodejs.org/api/http.html#built-in-proxy-support), but not for an agent that the client makes.
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const tls = require('node:tls');

const AGENT = Symbol.for('undici.globalDispatcher.1');

function isLoopback(host) {
  return !host || host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.');
}

function tunnel(proxy, host, port, callback) {
  const path = `${host}:${port}`;
  const request = http.request({
    host: proxy.hostname, port: proxy.port, method: 'CONNECT', path, headers: { host: path }, agent: false,
  });
  request.once('connect', (response, socket) => {
    if (response.statusCode === 200) return callback(null, socket);
    socket.destroy();
    return callback(new Error(response.statusMessage));
  });
  request.once('error', callback);
  request.end();
}

function tunnelled(direct, proxy, secured) {
  return function createConnection(options, callback) {
    const provided = this.options?.proxyEnv;
    if (isLoopback(options.host) || options.socketPath || provided) return direct.call(this, options, callback);
    tunnel(proxy, options.host, options.port, (error, socket) => {
      if (error) callback(error);
      else callback(null, secured(socket, options));
    });
    return undefined;
  };
}

function connectFetch(proxy) {
  return function connect({ hostname, protocol, port, servername }, callback) {
    const at = port || (protocol === 'https:' ? 443 : 80);
    const opened = (error, socket) => {
      if (error) return callback(error);
      if (protocol !== 'https:') return callback(null, socket);
      const secure = tls.connect({ socket, servername: servername || hostname, ALPNProtocols: ['http/1.1'] });
      secure.once('error', callback);
      return secure.once('secureConnect', () => {
        secure.off('error', callback);
        callback(null, secure);
      });
    };
    if (!isLoopback(hostname)) return tunnel(proxy, hostname, at, opened);
    const socket = net.connect(at, hostname.replace(/[[\]]/g, ''));
    socket.once('error', callback);
    return socket.once('connect', () => {
      socket.off('error', callback);
      opened(null, socket);
    });
  };
}

function install(proxy) {
  http.Agent.prototype.createConnection = tunnelled(
    http.Agent.prototype.createConnection, proxy, (socket) => socket);
  https.Agent.prototype.createConnection = tunnelled(
    https.Agent.prototype.createConnection, proxy, (socket, options) => tls.connect({
      ...options, path: undefined, socket, servername: options.servername || options.host,
    }));
  const native = globalThis.fetch;
  if (!native) return;
  globalThis.fetch = function fetch(...given) {
    void globalThis.Request; // loads what sets the agent
    const agent = globalThis[AGENT];
    // any other one is the client's, or Node's own for a proxy
    if (agent && agent.constructor.name === 'Agent' && !agent.isOurs) {
      globalThis[AGENT] = new agent.constructor({ connect: connectFetch(proxy) });
      globalThis[AGENT].isOurs = true;
    }
    return native(...given);
  };
}

if (process.env.HTTPS_PROXY) install(new URL(process.env.HTTPS_PROXY));
