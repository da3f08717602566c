#include "fuzz/mutator.h"

#include <algorithm>

namespace longcode::fuzz {

namespace {

/// Bytes that mean something to the readers, and some that mean trouble.
const QByteArray tellingBytes("{}[]\",:\\/-+.0123456789eEtfnu \n\x7f\x80\xc0\xed\xf4\xff|=");

/// Pieces that mean something.
const QList<QByteArray> tellingPieces{"null",
                                      "true",
                                      "{}",
                                      "[]",
                                      "\"\"",
                                      "1e999",
                                      "-1",
                                      "\\u0000",
                                      "\\ud83d",
                                      "18446744073709551616",
                                      "9223372036854775808",
                                      "[[[[[[[[[[[[[[[[",
                                      "\"data\":",
                                      "\"id\":",
                                      "\"payload\":",
                                      "\"errors\":",
                                      "\"seq\":"};

} // namespace

Mutator::Mutator(QList<QByteArray> seeds, std::uint32_t number)
    : m_seeds(std::move(seeds)), m_random(number) {}

qsizetype Mutator::below(qsizetype bound) {
    return bound <= 0 ? 0 : static_cast<qsizetype>(m_random() % static_cast<std::uint32_t>(bound));
}

QByteArray Mutator::next() {
    QByteArray bytes = m_seeds.at(below(m_seeds.size()));
    for (qsizetype steps = 1 + below(4); steps > 0; --steps)
        damage(bytes);
    return bytes;
}

void Mutator::damage(QByteArray &bytes) {
    switch (below(3)) {
    case 0:
        changeByte(bytes);
        break;
    case 1:
        bytes.insert(below(bytes.size() + 1), tellingPieces.at(below(tellingPieces.size())));
        break;
    default:
        movePiece(bytes);
    }
}

void Mutator::changeByte(QByteArray &bytes) {
    if (bytes.isEmpty())
        return;
    char &byte = bytes[below(bytes.size())];
    if (below(2) == 0)
        byte = static_cast<char>(byte ^ (1 << below(8)));
    else
        byte = tellingBytes.at(below(tellingBytes.size()));
}

void Mutator::movePiece(QByteArray &bytes) {
    const qsizetype from = below(bytes.size());
    const qsizetype length = 1 + below(std::min<qsizetype>(bytes.size() - from, 60));
    const QByteArray &other = m_seeds.at(below(m_seeds.size()));
    switch (below(4)) {
    case 0:
        bytes.remove(from, length);
        break;
    case 1:
        bytes.insert(from, bytes.mid(from, length).repeated(1 + below(5)));
        break;
    case 2:
        bytes.truncate(from);
        break;
    default:
        bytes.replace(from, length, other.mid(below(other.size()), 1 + below(60)));
    }
}

} // namespace longcode::fuzz
