#include "telnyx/one_shot_body.h"

#include <algorithm>

namespace longcode::telnyx {

OneShotBody::OneShotBody(QByteArray bytes, QObject *parent) : QIODevice(parent), m_bytes(std::move(bytes)) {
    // Without QIODevice's own buffer every byte that leaves passes readData.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool OneShotBody::reset() {
    return seek(0);
}

bool OneShotBody::seek(qint64 position) {
    return position >= m_furthest && QIODevice::seek(position);
}

qint64 OneShotBody::readData(char *data, qint64 maximumSize) {
    const qint64 count = std::clamp<qint64>(m_bytes.size() - pos(), 0, maximumSize);
    std::copy_n(m_bytes.constData() + pos(), count, data);
    m_furthest = std::max(m_furthest, pos() + count);
    return count;
}

qint64 OneShotBody::writeData(const char *, qint64) {
    return -1;
}

} // namespace longcode::telnyx
