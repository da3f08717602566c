#pragma once

#include <QByteArray>
#include <QList>

#include <random>

namespace longcode::fuzz {

/// Damages seeds in the ways in which input is damaged: bits, bytes, pieces missing, doubled or swapped with
/// another seed's. The same number gives the same sequence on every machine.
class Mutator {
public:
    Mutator(QList<QByteArray> seeds, std::uint32_t number);

    [[nodiscard]] QByteArray next();

private:
    /// 0 … bound-1, or 0 when bound is 0. Not std::uniform_int_distribution, which differs between libraries.
    [[nodiscard]] qsizetype below(qsizetype bound);
    void damage(QByteArray &bytes);
    void changeByte(QByteArray &bytes);
    void movePiece(QByteArray &bytes);

    QList<QByteArray> m_seeds;
    std::mt19937 m_random;
};

} // namespace longcode::fuzz
