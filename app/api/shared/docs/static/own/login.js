// The bar above both tools: gets a bearer token and hands it on. It lives in this page's memory and nowhere else.

/** Ask the development server for a token of one of its demo people, or of a demo system with what it may do. */
async function tokenOf({ value, dataset }) {
  const response = await fetch("dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(dataset.scopes ? { system: value, scopes: dataset.scopes.split(" ") } : { person: value }),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return (await response.json()).token;
}

/** Call `onToken(token)` whenever somebody logs in; does nothing on a page without the form. */
export function watchLogin(onToken) {
  const form = document.getElementById("login");
  if (!form) return;
  const who = document.getElementById("who");
  const { person, token } = form.elements;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      onToken(person ? await tokenOf(person.selectedOptions[0]) : token.value.trim());
      who.textContent = person ? `You are ${person.selectedOptions[0].dataset.name}` : "Using this token";
      who.dataset.state = "in";
      if (token) token.value = "";
    } catch (error) {
      who.textContent = `That did not work. ${error.message}.`;
      who.dataset.state = "failed";
    }
  });
}
