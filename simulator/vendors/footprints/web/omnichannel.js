/*
 * What pages load as omnichannel.js: window.ochn, which tells who visits and what they do.
 * Our own text, written after what pages that load the vendor's declare and call; ECMAScript 5.
 */
(function () {
  "use strict";

  if (window.ochn) {
    return;
  }

  var script = document.getElementById("omnichanneltrack") || document.currentScript;
  var base = script.src.replace(/\/omnichannel\.js.*$/, "/");
  var tracked = null; // the address that the last init was for; null before the first
  var session = null; // {uid, uType} once an init is answered
  var calls = []; // what is to be requested, {operation, fields}
  var busy = false;

  // ---- what the page says; `let ochnkey` makes no property of window, so the bare names are read

  function key() {
    return typeof ochnkey === "undefined" ? "" : ochnkey;
  }

  function log(text, detail) {
    if (typeof enableLogging !== "undefined" && enableLogging) {
      console.log("omnichannel.js: " + text, detail);
    }
  }

  // ---- requests: forms with names in brackets, which browsers send to another host without asking it first

  function pairs(name, value) {
    if (value === null || value === undefined) {
      return [];
    }
    if (typeof value !== "object") {
      return [encodeURIComponent(name) + "=" + encodeURIComponent(value)];
    }
    return Object.keys(value).reduce(function (found, member) {
      return found.concat(pairs(name ? name + "[" + member + "]" : member, value[member]));
    }, []);
  }

  function post(operation, fields, then) {
    var request = new XMLHttpRequest();
    var body = pairs("", fields).concat(pairs("appkey", key())).join("&");
    log(operation, fields);
    request.open("POST", base + operation, Boolean(then));
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    if (then) {
      request.onloadend = function () {
        then(answered(operation, request));
      };
    }
    try {
      request.send(body);
    } catch (unreachable) {
      // a request that is waited for throws; its answer is empty, too
    }
    return then ? undefined : answered(operation, request);
  }

  function answered(operation, request) {
    var answer = { status: "error", message: "no answer" };
    try {
      answer = JSON.parse(request.responseText);
    } catch (unread) {
      // what is not JSON says nothing
    }
    if (request.status === 200) {
      log(operation + " is answered", answer);
    } else {
      console.warn("omnichannel.js: " + operation + " is refused: " + answer.message);
    }
    return answer;
  }

  function technicalInfo() {
    var agent = navigator.userAgent;
    function first(names) {
      return names.filter(function (name) {
        return name[0].test(agent);
      })[0][1];
    }
    return {
      screenSize: screen.width + "x" + screen.height,
      browserUserAgent: agent,
      browserType: first([
        [/Edg/, "Edge"], [/OPR/, "Opera"], [/Firefox/, "Firefox"], [/Chrome/, "Chrome"], [/Safari/, "Safari"],
        [/^/, "unknown"]
      ]),
      deviceOs: first([
        [/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"], [/Mac OS/, "macOS"],
        [/Linux/, "Linux"], [/^/, "unknown"]
      ])
    };
  }

  // ---- one request at a time, in the order of the calls; only what is sent before an init waits for it

  function call(operation, fields) {
    calls.push({ operation: operation, fields: fields });
    next();
  }

  function next() {
    var ready = calls.filter(function (one) {
      return session || one.operation !== "send";
    })[0];
    if (busy || !ready) {
      return;
    }
    calls.splice(calls.indexOf(ready), 1);
    busy = true;
    post(ready.operation, whole(ready), function (answer) {
      busy = false;
      if (ready.operation === "init") {
        begin(answer);
      }
      next();
    });
  }

  function whole(one) {
    if (one.operation === "send") {
      one.fields.uid = session.uid;
      one.fields.uType = session.uType;
    }
    return one.fields;
  }

  function begin(answer) {
    if (answer.status === "ok") {
      session = answer.uid ? { uid: answer.uid, uType: "c" } : { uid: answer.pid, uType: "p" };
    } else {
      tracked = null;
    }
  }

  // ---- what pages call

  // a page may ask again for who is tracked already: only `again` makes another request of it
  function init(email, again) {
    var address = email || "";
    if (address !== tracked || again) {
      tracked = address;
      call("init", { email: address || null, technicalInfo: technicalInfo() });
    }
  }

  function send(requestType, actionType, data) {
    call("send", { requestType: requestType, actionType: actionType, aditionalData: data });
  }

  // pages use the result at once, so this one is waited for
  function prepopulate(fields) {
    return post("prepopulate", fields);
  }

  function register(fields, wait) {
    return wait ? post("register", fields) : call("register", fields);
  }

  window.ochn = { init: init, send: send, prepopulate: prepopulate, register: register };

  function start() {
    if (typeof ochntrack === "function") {
      ochntrack();
    }
  }

  if (typeof ochntrack !== "function" && document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
