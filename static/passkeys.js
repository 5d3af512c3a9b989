/* Shows the buttons for passkeys and says when it failed. The rest is allauth's script; without both people use a code. */
"use strict";
if (window.PublicKeyCredential) {
  for (const box of document.querySelectorAll("[data-passkey]")) {
    const form = document.getElementById(box.dataset.form);
    const said = box.querySelector("[role=alert]");
    const button = box.querySelector("button").id;
    const ids = { credential: form.elements.credential.id, data: "passkey-frage" };
    if (form.elements.passwordless) ids.passwordless = form.elements.passwordless.id;
    window.allauth.webauthn.forms[`${box.dataset.passkey}Form`]({ ids: { ...ids, [box.dataset.passkey]: button } });
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      said.textContent = said.dataset.failed;
    });
    box.hidden = false;
  }
}
