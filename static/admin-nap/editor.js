/* The toolbar of the rich text editor, and what assistive technology needs to know of it.

   The editor comes without a name of its own and with a toolbar of icons. Here it gets a toolbar of
   words, the name and the description of its field, and the words of the link dialog in the language
   of the page. Everything is set up per text area when the editor says that it is ready. */
"use strict";

(() => {
  const wordsOf = (textarea) => JSON.parse(textarea.dataset.editorWords);
  const create = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // The editor's script takes window.gettext when it starts, after this script.
  const gettext = window.gettext ?? ((word) => word);
  window.gettext = (word) => {
    const textarea = document.querySelector("[data-editor-words]");
    return (textarea && wordsOf(textarea).dialog[word]) || gettext(word);
  };

  // --- Footnote and language share the class of a run of text: see CLASSES in the form field.

  const split = (name) => {
    const parts = (name ?? "").split(" ").filter(Boolean);
    return {
      footnote: parts.includes("footnote"),
      language: parts.find((part) => part.startsWith("lang-"))?.slice(5) ?? "",
    };
  };
  const join = ({ footnote, language }) =>
    [footnote && "footnote", language && `lang-${language}`].filter(Boolean).join(" ");
  const classOf = (marks, type) => split(type.isInSet(marks)?.attrs.class);

  const current = (editor) => {
    const { state } = editor;
    const type = state.schema.marks.textClass;
    const { empty, from, to, $from } = state.selection;
    if (empty) return classOf(state.storedMarks ?? $from.marks(), type);
    let found = null;
    state.doc.nodesBetween(from, to, (node) => {
      if (node.isText && !found) found = classOf(node.marks, type);
    });
    return found ?? split("");
  };

  /* Sets one of the two on every run of the selection and leaves the other as it is. Without a
     selection it holds for what is typed next, as bold does. */
  const setPart = (editor, part) => {
    const { state, view } = editor;
    const type = state.schema.marks.textClass;
    const { empty, from, to, $from } = state.selection;
    const marked = (marks) => {
      const name = join({ ...classOf(marks, type), ...part });
      return name && type.create({ class: name });
    };
    const change = state.tr;
    if (empty) {
      const mark = marked(state.storedMarks ?? $from.marks());
      if (mark) change.addStoredMark(mark);
      else change.removeStoredMark(type);
    } else {
      state.doc.nodesBetween(from, to, (node, position) => {
        if (!node.isText) return;
        const start = Math.max(from, position);
        const end = Math.min(to, position + node.nodeSize);
        const mark = marked(node.marks);
        if (mark) change.addMark(start, end, mark);
        else change.removeMark(start, end, type);
      });
    }
    view.dispatch(change);
    view.focus();
  };

  // --- The toolbar

  const toolbar = (editor, words) => {
    const bar = create("div", {
      class: "nap-toolbar",
      role: "toolbar",
      "aria-label": words.toolbar,
      "aria-controls": editor.view.dom.id,
    });
    const updates = [];

    const button = (name, act, { active, hidden, disabled } = {}) => {
      const element = create("button", { type: "button", "data-name": name }, words[name]);
      element.addEventListener("click", () => {
        if (!disabled?.()) act();
      });
      updates.push(() => {
        if (active) element.setAttribute("aria-pressed", active());
        if (disabled) element.setAttribute("aria-disabled", disabled());
        if (hidden) element.hidden = hidden();
      });
      return element;
    };
    const command = (name, run, mark = name) =>
      button(name, () => run(editor.chain().focus()).run(), {
        active: () => editor.isActive(mark),
      });

    const language = create("select", { "aria-label": words.language, title: words.language });
    for (const [code, name] of Object.entries(words.languages))
      language.append(create("option", { value: code }, name));
    language.addEventListener("change", () => setPart(editor, { language: language.value }));
    updates.push(() => {
      language.value = current(editor).language;
    });

    const groups = [
      [command("bold", (chain) => chain.toggleBold()), command("italic", (chain) => chain.toggleItalic())],
      [
        command("bulletList", (chain) => chain.toggleBulletList()),
        command("orderedList", (chain) => chain.toggleOrderedList()),
      ],
      [
        button("footnote", () => setPart(editor, { footnote: !current(editor).footnote }), {
          active: () => current(editor).footnote,
        }),
        language,
      ],
      [
        button("link", () => editor.commands.addLink(), {
          active: () => editor.isActive("link"),
          disabled: () => editor.state.selection.empty && !editor.isActive("link"),
        }),
        button("unlink", () => editor.chain().focus().unsetLink().run(), {
          hidden: () => !editor.isActive("link"),
        }),
      ],
    ];
    for (const group of groups) bar.append(create("div", { class: "nap-toolbar__group" }, ...group));

    /* One stop for the tab key; the arrows go from control to control (the toolbar pattern of the
       ARIA Authoring Practices). */
    const controls = groups.flat();
    const enter = (control) => controls.forEach((each) => (each.tabIndex = each === control ? 0 : -1));
    enter(controls[0]);
    bar.addEventListener("focusin", ({ target }) => enter(target));
    bar.addEventListener("keydown", (event) => {
      const visible = controls.filter((control) => !control.hidden);
      const here = visible.indexOf(document.activeElement);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: visible.length - 1 }[event.key];
      if (here < 0 || to === undefined) return;
      event.preventDefault();
      visible.at(to % visible.length).focus();
    });

    const update = () => updates.forEach((each) => each());
    editor.on("transaction", update);
    update();
    return bar;
  };

  // --- The name and the description of the field

  const describe = (editor, textarea) => {
    const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
    const attributes = {
      id: `${textarea.id}_editor`,
      role: "textbox",
      "aria-multiline": "true",
      lang: "nl",
    };
    if (label) {
      label.id ||= `${textarea.id}_label`;
      label.addEventListener("click", () => editor.commands.focus());
      attributes["aria-labelledby"] = label.id;
    }
    for (const name of ["aria-describedby", "aria-invalid"])
      if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
    if (label?.classList.contains("required")) attributes["aria-required"] = "true";
    editor.setOptions({ editorProps: { attributes } });
  };

  // The dialog of a link is made anew each time. Its second field is of no use here: the title of a
  // link is not in the vocabulary.
  const mendDialog = (dialog) => {
    const heading = dialog.querySelector("h3");
    const address = dialog.querySelector("[name=href]");
    if (!heading || !address) return;
    heading.id = "nap-link-dialog";
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.querySelector("[name=title]")?.parentElement.setAttribute("hidden", "");
    address.type = "url";
    address.required = true;
    address.placeholder = "https://";
  };

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    if (!textarea.dataset.editorWords) return;
    describe(editor, textarea);
    editor.view.dom.before(toolbar(editor, wordsOf(textarea)));
    new MutationObserver(() => {
      for (const dialog of textarea.parentElement.querySelectorAll("dialog:not([aria-labelledby])"))
        mendDialog(dialog);
    }).observe(textarea.parentElement, { childList: true });
  });
})();
