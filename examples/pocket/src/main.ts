import { whenSignedOut } from "./doing.js";
import { begin, show } from "./stage.js";
import { homeView } from "./views/home.js";
import { signInView } from "./views/signin.js";
import { language, speak } from "./words.js";

speak(language());
whenSignedOut(() => void show(signInView));
begin(signInView, homeView);
