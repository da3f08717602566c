#include "sandbox/scripts.h"

#include "sandbox/inbound.h"
#include "sandbox/photo.h"
#include "sandbox/progress.h"
#include "sandbox/seeded.h"
#include "sandbox/timeline.h"
#include "sandbox/world.h"

namespace longcode::sandbox {

Scripts::Scripts(World &world, Inbound &inbound, const Progress &progress, Timeline &timeline,
                 const Seeded &seeded)
    : m_world(world), m_inbound(inbound), m_progress(progress), m_timeline(timeline), m_seeded(seeded) {}

void Scripts::heard(const Message &message, std::size_t recipient) {
    const Customer *customer = customerAt(message.to[recipient].number);
    if (!m_enabled || !customer || !customer->answer || message.isGroup())
        return;
    const int turn = m_turns[std::string(customer->number)]++;
    const std::string heard = QString::fromStdString(message.text).toLower().toStdString();
    std::chrono::milliseconds wait(0);
    for (const Reply &reply : customer->answer(heard, turn)) {
        const int pause =
            m_seeded.between(m_world.nextLabel("typing"), static_cast<int>(reply.soonest.count()),
                             static_cast<int>(reply.latest.count()));
        wait += m_progress.atSpeed(pause);
        m_timeline.after(wait,
                         [this, customer, ours = message.from, reply] { answer(*customer, ours, reply); });
    }
}

void Scripts::answer(const Customer &customer, const std::string &ours, const Reply &reply) {
    if (!m_enabled)
        return;
    Incoming incoming;
    incoming.from = std::string(customer.number);
    incoming.to = ours;
    incoming.text = reply.text;
    if (reply.withPhoto)
        incoming.media.push_back(photoFile(m_mediaBase));
    // The number may have lost its profile meanwhile: then nobody is there to read the answer.
    (void)m_inbound.receive(incoming);
}

} // namespace longcode::sandbox
