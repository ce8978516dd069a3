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
  var turn = 0;
  var tracked = null; // the address that the last init was for; null before the first
  var session = null; // {uid, uType} once that init is answered
  var waiting = []; // sends that came before

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

  // ---- what pages call

  // a page may ask again for who is tracked already: only `again` makes another request of it
  function init(email, again) {
    var address = email || "";
    if (address === tracked && !again) {
      return;
    }
    turn += 1;
    tracked = address;
    session = null;
    var mine = turn;
    post("init", { email: address || null, technicalInfo: technicalInfo() }, function (answer) {
      if (mine === turn) {
        begin(answer);
      }
    });
  }

  function begin(answer) {
    if (answer.status !== "ok") {
      tracked = null;
      return;
    }
    session = answer.uid ? { uid: answer.uid, uType: "c" } : { uid: answer.pid, uType: "p" };
    waiting.splice(0).forEach(deliver);
  }

  function send(requestType, actionType, data) {
    var action = { requestType: requestType, actionType: actionType, aditionalData: data };
    if (session) {
      deliver(action);
    } else {
      waiting.push(action);
    }
  }

  function deliver(action) {
    var whole = { uid: session.uid, uType: session.uType };
    Object.keys(action).forEach(function (name) {
      whole[name] = action[name];
    });
    post("send", whole, function () {});
  }

  // pages use the result at once, so this one is waited for
  function prepopulate(fields) {
    return post("prepopulate", fields);
  }

  function register(fields, wait) {
    return post("register", fields, wait ? null : function () {});
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
