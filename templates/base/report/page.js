(function () {
  'use strict';
  var each = function (list, visit) { Array.prototype.forEach.call(list, visit); };
  var all = function (selector, root) { return (root || document).querySelectorAll(selector); };
  var calm = window.matchMedia && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  var show = function (element) { element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' }); };
  var flash = function (element) {
    element.classList.remove('flash');
    void element.offsetWidth;
    element.classList.add('flash');
  };

  // Marks of each card, and which card of an overlapping mark was shown last.
  var marks = {};
  each(all('mark'), function (mark) {
    mark.dataset.ids.split(' ').forEach(function (id) { (marks[id] = marks[id] || []).push(mark); });
  });

  function select(card) {
    each(all('.on'), function (element) { element.classList.remove('on'); });
    card.classList.add('on');
    (marks[card.id] || []).forEach(function (mark) { mark.classList.add('on'); });
  }

  function toText(card) {
    select(card);
    var found = marks[card.id] || [];
    if (found.length) { show(found[0]); found.forEach(flash); return; }
    var place = card.querySelector('.place');
    var block = place && document.getElementById(place.getAttribute('href').slice(1));
    if (block) { show(block); flash(block); }
  }

  function toCard(mark) {
    var ids = mark.dataset.ids.split(' ').filter(function (id) {
      var card = document.getElementById(id);
      return card && card.offsetParent;
    });
    if (!ids.length) { return; }
    var current = ids.findIndex(function (id) { return document.getElementById(id).classList.contains('on'); });
    var card = document.getElementById(ids[(current + 1) % ids.length]);
    select(card);
    show(card);
    flash(card);
  }

  document.addEventListener('click', function (event) {
    var mark = event.target.closest('mark');
    if (mark) { toCard(mark); return; }
    var card = event.target.closest('.card');
    if (card && !String(window.getSelection())) { event.preventDefault(); toText(card); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && event.target.classList.contains('card')) { toText(event.target); }
  });

  // Filter by kind: cards and marks alike; a mark that several kinds share keeps the first that is shown.
  function filter() {
    var hidden = {};
    each(all('.filters input'), function (box) { hidden[box.value] = !box.checked; });
    each(all('.group'), function (group) { group.hidden = hidden[group.dataset.group]; });
    each(all('mark'), function (mark) {
      var on = mark.classList.contains('on');
      var shown = mark.dataset.groups.split(' ').filter(function (group) { return !hidden[group]; });
      var colour = shown.filter(function (group) { return group !== 'diagnostics'; })[0] || '';
      var doubtful = shown.indexOf('diagnostics') >= 0 ? ' diagnostics' : '';
      mark.className = colour + doubtful + (on ? ' on' : '');
    });
  }
  each(all('.filters input'), function (box) { box.addEventListener('change', filter); });
  filter();

  // One document at a time when there are several.
  var documents = all('.document');
  if (documents.length > 1) {
    var choose = document.getElementById('choose');
    each(documents, function (section) { choose.add(new Option(section.dataset.title, section.id)); });
    var pick = function () {
      each(documents, function (section) { section.hidden = section.id !== choose.value; });
    };
    choose.addEventListener('change', pick);
    choose.parentNode.hidden = false;
    pick();
  }
  var print = document.getElementById('print');
  print.hidden = false;
  print.addEventListener('click', function () { window.print(); });
})();
