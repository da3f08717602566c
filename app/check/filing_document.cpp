#include "check/filing_document.h"

#include "check/found_filing.h"

namespace longcode::check {

namespace {

using nlohmann::json;

/// Takes a document only to learn where it stops being JSON.
struct FaultFinder : nlohmann::json_sax<json> {
    std::size_t position = 0;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t &) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t at, const std::string &, const nlohmann::detail::exception &) override {
        position = at;
        return false;
    }
};

qsizetype lineOfFault(const QByteArray &text) {
    FaultFinder finder;
    json::sax_parse(text.begin(), text.end(), &finder);
    const auto end = std::min<qsizetype>(text.size(), static_cast<qsizetype>(finder.position));
    const qsizetype before = std::max<qsizetype>(0, end - 1);
    return text.left(before).count('\n') + 1;
}

json parsed(const QByteArray &text) {
    return json::parse(text.begin(), text.end(), nullptr, false);
}

QString sentence(const QString &source, qsizetype line, const QString &what) {
    return QStringLiteral("%1, line %2: %3").arg(source).arg(line).arg(what);
}

/// The values of a list begin on lines that are not known, so they are numbered.
void take(FilingDocument &found, json value, const QString &source, int line) {
    if (value.is_object()) {
        found.filings.push_back({std::move(value), line, QStringLiteral("%1:%2").arg(source).arg(line)});
    } else if (value.is_array()) {
        int number = 0;
        for (json &one : value) {
            ++number;
            if (one.is_object())
                found.filings.push_back(
                    {std::move(one), line, QStringLiteral("%1#%2").arg(source).arg(number)});
            else
                found.problems +=
                    sentence(source, line, QStringLiteral("entry %1 of the list is no object.").arg(number));
        }
    } else {
        found.problems += sentence(source, line, QStringLiteral("a filing must be a JSON object."));
    }
}

void takeLines(FilingDocument &found, const QByteArray &document, const QString &source) {
    int number = 0;
    for (const QByteArray &line : document.split('\n')) {
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        json value = parsed(line);
        if (value.is_discarded())
            found.problems += sentence(source, number, QStringLiteral("this is no JSON object."));
        else
            take(found, std::move(value), source, number);
    }
}

/// Whether the first line that is not blank is a JSON value by itself.
bool isJsonLines(const QByteArray &document) {
    const QByteArray trimmed = document.trimmed();
    const qsizetype feed = trimmed.indexOf('\n');
    return feed > 0 && !parsed(trimmed.left(feed)).is_discarded();
}

} // namespace

FilingDocument readDocument(const QByteArray &document, const QString &source) {
    FilingDocument found;
    QByteArray text = document;
    if (text.startsWith("\xEF\xBB\xBF"))
        text.remove(0, 3);
    if (text.trimmed().isEmpty()) {
        found.problems += QStringLiteral("%1 is empty; it should hold filings as JSON.").arg(source);
        return found;
    }
    json whole = parsed(text);
    if (!whole.is_discarded())
        take(found, std::move(whole), source, 1);
    else if (isJsonLines(text))
        takeLines(found, text, source);
    else
        found.problems += sentence(source, lineOfFault(text), QStringLiteral("this is no JSON."));
    return found;
}

} // namespace longcode::check
