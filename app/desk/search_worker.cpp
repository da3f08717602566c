#include "desk/search_worker.h"

#include "desk/convert.h"
#include "phone/phone.h"
#include "store/needle.h"
#include "store/reader.h"
#include "store/snippet.h"

#include <algorithm>

namespace longcode::desk {

namespace {

/// Where these digits are in a number as people read it, whatever stands between them.
QList<Mark> digitMarks(const QString &number, const QString &digits) {
    if (digits.isEmpty())
        return {};
    QString all;
    QList<qsizetype> places;
    for (qsizetype i = 0; i < number.size(); ++i) {
        if (number.at(i).isDigit()) {
            all += number.at(i);
            places.append(i);
        }
    }
    const qsizetype found = all.lastIndexOf(digits);
    if (found < 0)
        return {};
    const qsizetype begin = places.at(found);
    return {{begin, places.at(found + digits.size() - 1) + 1 - begin}};
}

/// Where the words are in a name: a person is found by any part of it.
QList<Mark> nameMarks(const QString &name, const QStringList &words) {
    QList<Mark> marks;
    for (const store::Word &part : store::wordsOf(name)) {
        for (const QString &word : words) {
            const qsizetype at = part.folded.indexOf(word);
            if (at < 0)
                continue;
            const QStringView text = QStringView(name).sliced(part.begin, part.length);
            const qsizetype begin = store::lengthOfPrefix(text, part.folded.first(at));
            const qsizetype end = store::lengthOfPrefix(text, part.folded.first(at + word.size()));
            marks.append({part.begin + begin, end - begin});
            break;
        }
    }
    return marks;
}

} // namespace

SearchWorker::SearchWorker(store::Store &store) : m_store(store) {}

SearchWorker::~SearchWorker() {
    const std::lock_guard lock(m_readerMutex);
    m_reader.reset();
}

void SearchWorker::makeCurrent(SearchNumber number) {
    m_current = number;
    const std::lock_guard lock(m_readerMutex);
    if (m_reader)
        m_reader->interrupt();
}

bool SearchWorker::isCurrent(SearchNumber number) const {
    return m_current == number;
}

bool SearchWorker::prepare(SearchNumber number) {
    if (!isCurrent(number))
        return false;
    m_names.clear();
    if (m_reader)
        return true;
    auto reader = m_store.openReader();
    if (!reader) {
        Q_EMIT failed(number, store::sentence(reader.error()));
        return false;
    }
    const std::lock_guard lock(m_readerMutex);
    m_reader = std::move(*reader);
    return true;
}

bool SearchWorker::goesOn(SearchNumber number) {
    const auto error = m_reader->takeError();
    if (!isCurrent(number))
        return false;
    if (error)
        Q_EMIT failed(number, store::sentence(*error));
    return !error;
}

QString SearchWorker::nameOf(store::ConversationId id) {
    const auto known = m_names.constFind(id);
    if (known != m_names.constEnd())
        return *known;
    const auto record = m_reader->conversation(id);
    if (!record)
        return {};
    const QString name =
        record->name.isEmpty() ? phone::fromWire(record->parties.peer).international() : record->name;
    m_names.insert(id, name);
    return name;
}

QList<SearchHit> SearchWorker::peopleHits(const store::MessageFilter &filter) {
    const store::Needle needle = store::needleOf(filter.text);
    QList<SearchHit> hits;
    for (const store::ConversationId id : m_reader->searchPeople(filter, people)) {
        const auto record = m_reader->conversation(id);
        if (!record)
            continue;
        const QString number = phone::fromWire(record->parties.peer).international();
        SearchHit hit;
        hit.kind = HitKind::Person;
        hit.conversation = toDesk(id);
        hit.who = record->name.isEmpty() ? number : record->name;
        hit.snippet = number;
        hit.marks = digitMarks(number, needle.digits);
        hit.whoMarks = record->name.isEmpty() ? hit.marks : nameMarks(record->name, needle.words);
        hit.at = record->lastAt;
        hit.direction = static_cast<Direction>(record->lastDirection);
        hits.append(hit);
    }
    return hits;
}

QList<SearchHit> SearchWorker::textHits(const store::MessageFilter &filter, MessageRow before) {
    QList<SearchHit> hits;
    for (const store::TextHit &text : m_reader->searchTexts(filter, toStore(before), page)) {
        SearchHit hit;
        hit.conversation = toDesk(text.conversation);
        hit.message = toDesk(text.row);
        hit.who = nameOf(text.conversation);
        hit.snippet = text.snippet;
        hit.marks = text.marks;
        hit.at = text.at;
        hit.direction = static_cast<Direction>(text.direction);
        hits.append(hit);
    }
    return hits;
}

void SearchWorker::search(SearchNumber number, const store::MessageFilter &filter) {
    if (!prepare(number))
        return;
    QList<SearchHit> hits = peopleHits(filter);
    if (!goesOn(number))
        return;
    const QList<SearchHit> texts = textHits(filter, {});
    hits += texts;
    if (goesOn(number))
        Q_EMIT found(number, hits, texts.size() < page);
}

void SearchWorker::searchOn(SearchNumber number, const store::MessageFilter &filter, MessageRow before) {
    if (!prepare(number))
        return;
    const QList<SearchHit> texts = textHits(filter, before);
    if (goesOn(number))
        Q_EMIT foundMore(number, texts, texts.size() < page);
}

void SearchWorker::locate(SearchNumber number, ConversationId id, const QString &text) {
    if (!prepare(number))
        return;
    QList<MessageRow> found;
    for (const store::MessageRow row : m_reader->findTexts(toStore(id), text, places))
        found.append(toDesk(row));
    if (goesOn(number))
        Q_EMIT located(number, found);
}

} // namespace longcode::desk
