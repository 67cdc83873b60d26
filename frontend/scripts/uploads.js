// A form with files is sent by script, so that the page can say how far it is; without scripts the
// browser sends the same form to the same address.

const SELECTOR = "form[data-upload]";

function send(form, event) {
  const progress = form.querySelector("[data-upload-progress]");
  const failed = form.querySelector("[data-upload-failed]");
  const sender = form.querySelector("button[type=submit]");
  if (!progress || form.dataset.sending) return;
  event.preventDefault();
  const bar = progress.querySelector("progress");
  const request = new XMLHttpRequest();
  const over = () => {
    delete form.dataset.sending;
    progress.hidden = true;
    sender.disabled = false;
  };
  request.upload.addEventListener("progress", (told) => {
    if (told.lengthComputable) bar.value = Math.round((100 * told.loaded) / told.total);
  });
  request.addEventListener("load", () => arrived(request));
  request.addEventListener("error", () => {
    over();
    failed.hidden = false;
    sender.focus();
  });
  request.addEventListener("abort", () => {
    over();
    sender.focus();
  });
  progress.querySelector("[data-upload-stop]").onclick = () => request.abort();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(new FormData(form));
  form.dataset.sending = "yes";
  failed.hidden = true;
  progress.hidden = false;
  bar.value = 0;
  sender.disabled = true;
}

// The server says where to go on; an answer without an address is the form again, with its faults.
function arrived(request) {
  const next = request.getResponseHeader("Location") ?? elsewhere(request);
  if (next) {
    window.location.assign(next);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const content = answer.querySelector("main");
  const here = document.querySelector("main");
  if (!content || !here) {
    window.location.reload();
    return;
  }
  here.replaceWith(document.adoptNode(content));
  document.title = answer.title;
  start(document);
  document.querySelector("[aria-invalid=true]")?.focus();
}

// Where a session has ended, the answer is the page to log in.
function elsewhere(request) {
  return request.responseURL === window.location.href ? "" : request.responseURL;
}

export function start(root) {
  for (const form of root.querySelectorAll(SELECTOR)) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "yes";
    form.addEventListener("submit", (event) => send(form, event));
  }
}
